"""Methods that give a leaky integrate-and-fire neuron in another of its forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from excitable.model._model import Model


class Forms:
    """The forms of the leaky integrate-and-fire neuron; other models answer with an error."""

    __slots__ = ()

    def as_conductance(self) -> Model:
        """Return the leaky integrate-and-fire neuron by C and g_L.

        Returns
        -------
        Model
            `LIFConductance` with g_L = 1/R and C = tau_m/R; arrays stay arrays.

        Raises
        ------
        ModelError
            If the model is not one of the forms, or is normalised and so has no resistance.

        Notes
        -----
        A conversion there and back changes R, tau_m, g_L and C by at most one unit in the last
        place; what both forms have is kept as it is.

        Examples
        --------
        >>> from excitable.models import LIF
        >>> LIF(tau_m="10 ms").as_conductance()["C"].round(6)
        <Quantity(100.0, 'picofarad')>
        """
        from excitable import _products

        return _products.as_lif(self, "LIFConductance")

    def as_capacitance(self) -> Model:
        """Return the leaky integrate-and-fire neuron by R and C.

        Returns
        -------
        Model
            `LIFCapacitance` with C = tau_m/R; arrays stay arrays.

        Raises
        ------
        ModelError
            As for `as_conductance`.

        Examples
        --------
        >>> from excitable.models import LIF
        >>> LIF.as_capacitance()["R"]
        <Quantity(100.0, 'megaohm')>
        """
        from excitable import _products

        return _products.as_lif(self, "LIFCapacitance")

    def as_resistance(self) -> Model:
        """Return the leaky integrate-and-fire neuron by tau_m and R.

        Returns
        -------
        Model
            `LIF` with R = 1/g_L and tau_m = C/g_L or R*C; arrays stay arrays.

        Raises
        ------
        ModelError
            As for `as_conductance`.

        Examples
        --------
        >>> from excitable.models import LIF
        >>> LIF.as_conductance().as_resistance() == LIF
        True
        """
        from excitable import _products

        return _products.as_lif(self, "LIF")

    def normalised(self) -> Model:
        """Return the leaky integrate-and-fire neuron in plain numbers: rest 0, threshold 1.

        Returns
        -------
        Model
            `LIFNormalised`. Its input is the drive v_in = R*I/(V_T - E_L), which
            `excitable.models.normalised_drive` computes.

        Raises
        ------
        ModelError
            If the model is not one of the forms.
        ParameterError
            If the threshold is not above rest.

        Examples
        --------
        >>> from excitable.models import LIF
        >>> LIF(V_R="-62 mV").normalised()["v_R"].round(6)
        <Quantity(0.2, 'dimensionless')>
        """
        from excitable import _products

        return _products.normalised_lif(self)

    def denormalised(self, *, R: Any, E_L: Any, V_T: Any) -> Model:
        """Return the neuron in potentials that a normalised one stands for.

        Parameters
        ----------
        R : Quantity [resistance] or str, scalar or shape (n,)
            Membrane resistance.
        E_L, V_T : Quantity [voltage] or str, scalar or shape (n,)
            Resting potential and threshold.

        Returns
        -------
        Model
            `LIF`, with V_R = E_L + v_R*(V_T - E_L).

        Raises
        ------
        ModelError
            If the model is not `LIFNormalised`.
        ParameterError
            If the threshold is not above rest.
        UnitError
            If a value has another unit.

        Notes
        -----
        With the R, E_L and V_T that were left behind, the neuron that was normalised comes back;
        V_R by two units in the last place of the largest potential.

        Examples
        --------
        >>> from excitable.models import LIF
        >>> cell = LIF.normalised()
        >>> cell.denormalised(R="100 MOhm", E_L="-65 mV", V_T="-50 mV") == LIF
        True
        """
        from excitable import _products

        return _products.denormalised_lif(self, R=R, E_L=E_L, V_T=V_T)
