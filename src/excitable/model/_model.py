"""`Model`: a neuron written as equations, as a frozen value."""

from __future__ import annotations

from collections.abc import Mapping
from inspect import Parameter as Argument
from inspect import Signature
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NoReturn

from excitable import units
from excitable.errors import UnknownNameError
from excitable.model import _describe, _files, _serialise
from excitable.model._bad_reset import check_policy, check_reset
from excitable.model._blueprint import Blueprint, common_size, draw
from excitable.model._forms import Forms
from excitable.model._names import suggestion
from excitable.model._parameter import Input, Parameter, State, changed, replaced
from excitable.model._values import Value, short_text

if TYPE_CHECKING:
    from os import PathLike

    from pint import Quantity

    from excitable.model._system import System
    from excitable.units import Dimension


class _SignatureOfCall:
    """Lists the parameters as keywords, for completion in editors and notebooks."""

    def __get__(self, model: Model | None, owner: type) -> Signature:
        if model is None:  # the class itself is described by its constructor
            raise AttributeError("__signature__")
        arguments = [
            Argument(name, Argument.KEYWORD_ONLY, default=short_text(p.value, p.unit))
            for name, p in model.parameters.items()
        ]
        return Signature(arguments, return_annotation=Model)


class Model(Forms):
    """A neuron, or part of one, written as equations; a value that never changes.

    Parameters
    ----------
    title : str
        What it is, in a few words.
    equations : str
        One equation a line: ``tau_m*dv/dt = E_L - v + R*I`` for each state, with any coefficient
        on the left, and ``I_L = g_L*(E_L - v)`` for a named quantity. ``xi`` is white noise of
        unit intensity. Units such as ``mV`` may stand in equations, as in ``(v - V_0)/mV``.
    spike : str, optional
        When a spike is fired: ``"v >= V_T"``. It is fired at the instant of the crossing from
        below, so ``>`` means the same.
    reset : str
        What a spike does to the states: ``"v = V_R; w += b"``. Statements run in the order
        written, each seeing the ones before it.
    refractory : str or Quantity, optional
        The time after a spike in which no other is fired: ``"t_ref"``.
    hold : list of str, optional
        The states that stand still in the refractory time; the first state if not given.
    states : mapping of str to State, Quantity, str or float
        The variables, and where the search for rest begins: ``dict(v=-65*mV)``. Empty for
        quantities that follow from the inputs alone, such as the current of a leak.
    inputs : mapping of str to Input, Quantity or str
        What drives it, with one unit of each: ``dict(I=pA)``.
    parameters : mapping of str to Parameter, Quantity, str or float
        The constants. An array means one neuron per element.
    presets : mapping of str to mapping
        Named sets of values for parameters (and for starting values of states).
    source : str
        Keys of the bibliography; kept as `reference`.
    name : str, optional
        A short name for messages and files; the title if not given.
    description : str
        More about it.
    on_bad_reset : str
        `"warn"` or `"raise"` where a spike leaves the neuron above its threshold; changed copies
        keep it.

    Raises
    ------
    EquationError
        If text is not in the model language or a name is not declared.
    UnitError
        If the two sides of an equation, a condition or an assignment differ in unit.
    ModelError
        If declarations contradict each other, or a state lacks its equation.
    ParameterError
        If a value is not finite, out of its bounds, or arrays differ in length, or if a reset is
        above threshold and that is to raise.

    Warns
    -----
    ExcitableWarning
        If a parameter or an input stands in no equation. If a spike leaves the neuron above its
        threshold: it then fires once every refractory time.

    Notes
    -----
    Everything is checked here, once. Calling a model gives a copy with other values, which
    shares the equations: ``model(tau_m=10*ms)``; ``model["tau_m"]`` is a value with its unit.

    Examples
    --------
    >>> cell = Model(
    ...     "Leaky integrator",
    ...     equations="tau*dv/dt = -v + R*I",
    ...     states=dict(v="0 mV"), inputs=dict(I="pA"),
    ...     parameters=dict(tau="20 ms", R="100 MOhm"),
    ... )
    >>> cell
    Leaky integrator
      tau*dv/dt = -v + R*I
      input I [pA]
      tau = 20 ms, R = 100 MOhm
    >>> print(cell(tau="10 ms")["tau"])
    10.0 ms
    """

    __slots__ = ("__weakref__", "_blueprint", "_on_bad_reset", "_parameters", "_size", "_states")
    __signature__ = _SignatureOfCall()

    _blueprint: Blueprint
    _on_bad_reset: str
    _parameters: dict[str, Parameter]
    _size: int | None
    _states: dict[str, State]

    def __init__(
        self,
        title: str,
        *,
        equations: str,
        spike: str | None = None,
        reset: str = "",
        refractory: str | Quantity | None = None,
        hold: list[str] | tuple[str, ...] | None = None,
        states: Mapping[str, Any],
        inputs: Mapping[str, Any] | tuple[()] = (),
        parameters: Mapping[str, Any] | tuple[()] = (),
        presets: Mapping[str, Mapping[str, Any]] | tuple[()] = (),
        source: str = "",
        name: str | None = None,
        description: str = "",
        on_bad_reset: str = "warn",
    ) -> None:
        check_policy(on_bad_reset, "Model")
        given = {
            "equations": equations,
            "spike": spike,
            "reset": reset,
            "refractory": refractory,
            "hold": hold,
            "states": states,
            "inputs": inputs,
            "parameters": parameters,
            "presets": presets,
            "source": source,
            "name": name,
            "description": description,
        }
        self._fill(*draw(title, given), on_bad_reset)
        check_reset(self, on_bad_reset, stacklevel=2)

    def _fill(
        self,
        blueprint: Blueprint,
        states: dict[str, State],
        parameters: dict[str, Parameter],
        on_bad_reset: str,
    ) -> None:
        put = object.__setattr__
        put(self, "_blueprint", blueprint)
        put(self, "_on_bad_reset", on_bad_reset)
        put(self, "_states", states)
        put(self, "_parameters", parameters)
        put(self, "_size", common_size(states, parameters, blueprint.name))

    def _copy(
        self, states: dict[str, State], parameters: dict[str, Parameter], on_bad_reset: str | None
    ) -> Model:
        policy = self._on_bad_reset if on_bad_reset is None else on_bad_reset
        check_policy(policy, self.name)
        copy = object.__new__(Model)
        copy._fill(self._blueprint, states, parameters, policy)
        check_reset(copy, policy, stacklevel=3)
        return copy

    def __call__(self, /, *, on_bad_reset: str | None = None, **changes: Any) -> Model:
        """Return a copy with other parameter values.

        Parameters
        ----------
        on_bad_reset : str, optional
            `"warn"` or `"raise"` where a spike leaves the neuron above its threshold; what the
            model itself does if not given.
        **changes : Quantity, str or float, scalar or shape (n,)
            Parameters by name. An array means one neuron per element.

        Returns
        -------
        Model
            The copy; the equations are shared, not read again.

        Raises
        ------
        UnknownNameError
            If there is no parameter of that name.
        UnitError, ParameterError
            If a value has another unit, is not finite or is out of its bounds, or if a reset is
            above threshold and that is to raise.

        Examples
        --------
        >>> from excitable.models import LIF
        >>> print(LIF(tau_m="10 ms")["tau_m"])
        10.0 ms
        """
        parameters = dict(self._parameters)
        for name, value in changes.items():
            parameter = parameters.get(name)
            if parameter is None:
                self._unknown(name)
            parameters[name] = changed(parameter, value, f"{self.name}.{name}")
        return self._copy(self._states, parameters, on_bad_reset)

    def _unknown(self, name: str) -> NoReturn:
        found, expected = f"no parameter is called {name!r:.66}", ""
        write = suggestion(name, self._parameters)
        if name in self._states:
            expected = f"{name} is a state, and a run decides where it starts"
            write = f"Write simulate(..., initial=dict({name}=...))"
        elif name in self.inputs:
            expected = f"{name} is an input, and it is given to a run"
            write = f"Write simulate(..., {name}=...)"
        raise UnknownNameError(found, expected, write, owner=self.name)

    def preset(self, name: str, *, on_bad_reset: str | None = None) -> Model:
        """Return a copy with the values of one of the model's parameter sets.

        Parameters
        ----------
        name : str
            One of the names in `presets`.
        on_bad_reset : str, optional
            As in a call of the model.

        Returns
        -------
        Model
            The copy; what the preset does not name keeps its value.

        Raises
        ------
        UnknownNameError
            If there is no such preset.
        ParameterError
            If a reset is above threshold and that is to raise.

        Examples
        --------
        >>> from excitable.models import Izhikevich
        >>> print(Izhikevich.preset("chattering")["c"])
        -50.0 mV
        """
        values = self._blueprint.presets.get(name) if isinstance(name, str) else None
        if values is None:
            known = ", ".join(repr(preset) for preset in self._blueprint.presets)
            found = f"no preset is called {name!r:.66}"
            expected = f"the presets are {known}" if known else "the model has no presets"
            write = "Write one of these names" if known else f"Write {self.name}(...)"
            raise UnknownNameError(found, expected, write, owner=self.name, name="preset")
        states, parameters = dict(self._states), dict(self._parameters)
        for key, value in values.items():
            group: dict[str, Any] = parameters if key in parameters else states
            group[key] = replaced(group[key], value)
        return self._copy(states, parameters, on_bad_reset)

    def __getitem__(self, name: str) -> Quantity:
        """Return the value of a parameter, or where a state starts, with its unit."""
        declared = self._parameters.get(name) or self._states.get(name)
        if declared is None:
            write = suggestion(str(name), [*self._parameters, *self._states])
            found = f"no parameter or state is called {name!r:.66}"
            raise UnknownNameError(found, "", write, owner=self.name)
        return units.attach(declared.value, declared.unit)

    @property
    def name(self) -> str:
        """The short name."""
        return self._blueprint.name

    @property
    def title(self) -> str:
        """What the model is, in a few words."""
        return self._blueprint.title

    @property
    def description(self) -> str:
        """More about the model."""
        return self._blueprint.description

    @property
    def reference(self) -> str:
        """Keys of the bibliography (the argument `source`)."""
        return self._blueprint.reference

    @property
    def equations(self) -> str:
        """The equations as written."""
        return self._blueprint.text.equations

    @property
    def states(self) -> Mapping[str, State]:
        """The states by name, in the order declared."""
        return MappingProxyType(self._states)

    @property
    def inputs(self) -> Mapping[str, Input]:
        """The inputs by name, in the order declared."""
        return MappingProxyType(dict(self._blueprint.inputs))

    @property
    def parameters(self) -> Mapping[str, Parameter]:
        """The parameters by name, in the order declared."""
        return MappingProxyType(self._parameters)

    @property
    def presets(self) -> Mapping[str, Mapping[str, Quantity]]:
        """The parameter sets: for each name, the values that it sets."""
        return MappingProxyType(
            {
                preset: {key: self._attached(key, value) for key, value in values.items()}
                for preset, values in self._blueprint.presets.items()
            }
        )

    def _attached(self, name: str, value: Value) -> Quantity:
        declared = self._parameters.get(name) or self._states[name]
        return units.attach(value, declared.unit)

    @property
    def size(self) -> int | None:
        """How many neurons its arrays of values describe; None without arrays."""
        return self._size

    @property
    def system(self) -> System:
        """The equations as symbols, solved for the derivatives."""
        return self._blueprint.system

    @property
    def dimensions(self) -> Mapping[str, Dimension]:
        """The dimension of every state, input, parameter and named quantity."""
        return MappingProxyType(dict(self._blueprint.dimensions))

    def values(self) -> dict[str, Value]:
        """Return every parameter in the internal set.

        Returns
        -------
        dict of str to float or ndarray, shape (n,)
            Bare numbers in ms, mV, pA and what follows from them.

        Examples
        --------
        >>> from excitable.models import LIF
        >>> LIF.values()["R"]  # GOhm
        0.1
        """
        return {name: parameter.value for name, parameter in self._parameters.items()}

    def latex(self) -> str:
        r"""Return the equations, the spike condition and the reset in LaTeX.

        Returns
        -------
        str
            An ``aligned`` environment, without dollar signs.

        Examples
        --------
        >>> from excitable.models import LIF
        >>> print(LIF.latex().splitlines()[1])
        \tau_m \, \frac{dv}{dt} &= E_L - v + R\,I \\
        """
        return _describe.latex(self)

    def source(self, target: str, scheme: str = "auto") -> str:
        """Return the program that a run of the model executes.

        Parameters
        ----------
        target : str
            The language: ``"numba"``.
        scheme : str
            The scheme whose step is printed.

        Returns
        -------
        str
            The text of the program.
        """
        from excitable import _products

        return _products.source(self, target, scheme)

    def to_dict(self) -> dict[str, Any]:
        """Return the model as plain dicts, lists, texts and numbers.

        Returns
        -------
        dict
            What JSON and TOML can hold; `from_dict` gives the same model back, to the last bit.

        Examples
        --------
        >>> from excitable.models import LIF
        >>> LIF.to_dict()["parameters"]["tau_m"]["value"]
        '20 ms'
        """
        return _serialise.to_dict(self)

    @staticmethod
    def from_dict(content: Mapping[str, Any]) -> Model:
        """Return the model that `to_dict`, or a person, wrote.

        Parameters
        ----------
        content : mapping
            The fields of `to_dict`; a value may stand alone (``"20 ms"``) where nothing else is
            said about a parameter.

        Returns
        -------
        Model
            The model, checked like any other.

        Raises
        ------
        FileError
            If a field is unknown or of the wrong kind, or the version is not known.
        EquationError, UnitError, ModelError, ParameterError
            As in the constructor.
        """
        return _serialise.from_dict(content)

    def save(self, path: str | PathLike[str]) -> None:
        """Write the model to a file that `read` reads back.

        Parameters
        ----------
        path : str or Path
            A name that ends in ``.toml`` or ``.json``.

        Raises
        ------
        FileError
            If the name ends otherwise or the file cannot be written; nothing is half written.
        """
        _files.save(self, path)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Model) and self._content() == other._content()

    def __hash__(self) -> int:
        return hash(self._content())

    def _content(self) -> tuple[object, ...]:
        states, parameters = tuple(self._states.items()), tuple(self._parameters.items())
        return (self._blueprint.key, states, parameters)

    def _no_attribute(self, name: str) -> UnknownNameError:
        found, expected = f"{self.name} has no attribute {name!r:.66}", ""
        public = [known for known in dir(type(self)) if not known.startswith("_")]
        write = suggestion(name, [*public, *self._parameters, *self._states, *self.inputs])
        if name in self._parameters:
            found = f"{self.name} has the parameter {name} as an item"
            expected = "attributes are what every model has"
            write = f'Write {self.name}["{name}"]'
        elif name in self._states:
            found = f"{self.name} has the state {name} as an item, where it starts"
            expected = "its course is in a run"
            write = f'Write {self.name}["{name}"], or run.{name}'
        elif name in self.inputs:
            found = f"{self.name} has the input {name} among its inputs"
            expected = "attributes are what every model has"
            write = f'Write {self.name}.inputs["{name}"]'
        elif not write.startswith("Did you mean"):
            write = f"Write {self.name}.parameters to see what it holds"
        return UnknownNameError(found, expected, write)

    if not TYPE_CHECKING:  # a checker that saw this would take every name for an attribute

        def __getattr__(self, name: str) -> NoReturn:
            # Reached only for names that are not attributes. What copying, pickling and notebooks
            # probe for must fail plainly, and so must a property of a half-made model.
            if name.startswith("_") or hasattr(type(self), name):
                raise AttributeError(name)
            raise self._no_attribute(name)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        write = f"Write a changed copy: {self.name}({name}=...)"
        raise UnknownNameError(
            f"{name} was to be set", "a model never changes", write, owner=self.name
        )

    def __delattr__(self, name: str) -> NoReturn:
        found = f"{name} was to be deleted"
        write = "Write a changed copy: model(tau_m=10*ms)"
        raise UnknownNameError(found, "a model never changes", write, owner=self.name)

    def __reduce__(self) -> tuple[Any, ...]:
        return _serialise.from_dict, (self.to_dict(), self._on_bad_reset)

    def __repr__(self) -> str:
        return _describe.text(self)

    def _repr_html_(self) -> str:
        return _describe.html(self)

    def _repr_latex_(self) -> str:
        return f"$$\n{self.latex()}\n$$"
