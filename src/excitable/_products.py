"""The one sanctioned door upward: a value hands over to a product derived from it.

Methods such as ``run.plot()`` belong to low layers while the work belongs to high ones. Each is
one line through this module, the only one that the import rules let be imported from anywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from os import PathLike

    from excitable.activation import Activation
    from excitable.analysis import (
        Branch,
        CycleBranch,
        DirectResponse,
        Excitability,
        FICurve,
        FrequencyResponse,
        Gates,
        ImpulseResponse,
        OrbitDiagram,
        PairedPulse,
        PhaseLine,
        PhasePlane,
        PhaseResponse,
        ResetMap,
        SpecialCurve,
        SpikingResponse,
        StrengthDuration,
        VoltageClamp,
    )
    from excitable.model import Model
    from excitable.recording import Run, Spikes, SpikeTrain
    from excitable.stimuli import Stimulus


def plot(run: Run, **options: Any) -> Any:
    """Draw a run: see `excitable.plotting.plot_run`."""
    from excitable.plotting import plot_run

    return plot_run(run, **options)


def plot_stimulus(stimulus: Stimulus, **options: Any) -> Any:
    """Draw a stimulus: see `excitable.plotting.plot_stimulus`."""
    from excitable.plotting import plot_stimulus as draw

    return draw(stimulus, **options)


def stimulus(text: str) -> Stimulus:
    """Build the stimulus that a text writes out: see `excitable.interop.parse_input`."""
    from excitable.interop import parse_input

    return parse_input(f"I={text}")[1]


def plot_spikes(spikes: SpikeTrain | Spikes, **options: Any) -> Any:
    """Draw spike trains: see `excitable.plotting.plot_spikes`."""
    from excitable.plotting import plot_spikes as draw

    return draw(spikes, **options)


def plot_statistic(result: Any, **options: Any) -> Any:
    """Draw a statistic of spike trains: see `excitable.plotting.plot_statistic`."""
    from excitable.plotting import plot_statistic as draw

    return draw(result, **options)


def spikes_to_neo(spikes: SpikeTrain | Spikes) -> Any:
    """Give spike trains as neo objects: see `excitable.interop.spikes_to_neo`."""
    from excitable.interop import spikes_to_neo as convert

    return convert(spikes)


def spikes_to_pynapple(spikes: SpikeTrain | Spikes) -> Any:
    """Give spike trains as pynapple objects: see `excitable.interop.spikes_to_pynapple`."""
    from excitable.interop import spikes_to_pynapple as convert

    return convert(spikes)


def plot_activations(*activations: Activation, **options: Any) -> Any:
    """Draw activations: see `excitable.plotting.plot_activations`."""
    from excitable.plotting import plot_activations as draw

    return draw(*activations, **options)


def plot_gates(gates: Gates, **options: Any) -> Any:
    """Draw gating curves: see `excitable.plotting.plot_gates`."""
    from excitable.plotting import plot_gates as draw

    return draw(gates, **options)


def plot_phase_plane(plane: PhasePlane, *trajectories: Any, **options: Any) -> Any:
    """Draw a phase plane: see `excitable.plotting.plot_phase_plane`."""
    from excitable.plotting import plot_phase_plane as draw

    return draw(plane, *trajectories, **options)


def plot_phase_line(line: PhaseLine, **options: Any) -> Any:
    """Draw a phase line: see `excitable.plotting.plot_phase_line`."""
    from excitable.plotting import plot_phase_line as draw

    return draw(line, **options)


def plot_voltage_clamp(clamp: VoltageClamp, **options: Any) -> Any:
    """Draw a voltage clamp: see `excitable.plotting.plot_voltage_clamp`."""
    from excitable.plotting import plot_voltage_clamp as draw

    return draw(clamp, **options)


def plot_fi_curve(curve: FICurve, *others: FICurve, **options: Any) -> Any:
    """Draw firing rates: see `excitable.plotting.plot_fi_curve`."""
    from excitable.plotting import plot_fi_curve as draw

    return draw(curve, *others, **options)


def plot_paired_pulse(pairs: PairedPulse, **options: Any) -> Any:
    """Draw thresholds of second pulses: see `excitable.plotting.plot_paired_pulse`."""
    from excitable.plotting import plot_paired_pulse as draw

    return draw(pairs, **options)


def plot_strength_duration(curve: StrengthDuration, **options: Any) -> Any:
    """Draw strength against duration: see `excitable.plotting.plot_strength_duration`."""
    from excitable.plotting import plot_strength_duration as draw

    return draw(curve, **options)


def plot_orbit_diagram(diagram: OrbitDiagram, **options: Any) -> Any:
    """Draw an orbit diagram: see `excitable.plotting.plot_orbit_diagram`."""
    from excitable.plotting import plot_orbit_diagram as draw

    return draw(diagram, **options)


def plot_reset_map(reset_map: ResetMap, **options: Any) -> Any:
    """Draw an adaptation map: see `excitable.plotting.plot_reset_map`."""
    from excitable.plotting import plot_reset_map as draw

    return draw(reset_map, **options)


def plot_branch(branch: Branch, **options: Any) -> Any:
    """Draw a bifurcation diagram: see `excitable.plotting.plot_branch`."""
    from excitable.plotting import plot_branch as draw

    return draw(branch, **options)


def plot_cycles(cycles: CycleBranch, **options: Any) -> Any:
    """Draw a bifurcation diagram with cycles: see `excitable.plotting.plot_cycles`."""
    from excitable.plotting import plot_cycles as draw

    return draw(cycles, **options)


def plot_special_curve(curve: SpecialCurve, *others: SpecialCurve, **options: Any) -> Any:
    """Draw a two-parameter diagram: see `excitable.plotting.plot_special_curve`."""
    from excitable.plotting import plot_special_curve as draw

    return draw(curve, *others, **options)


def plot_excitability(found: Excitability, **options: Any) -> Any:
    """Draw how a neuron begins to fire: see `excitable.plotting.plot_excitability`."""
    from excitable.plotting import plot_excitability as draw

    return draw(found, **options)


def plot_frequency_response(
    response: FrequencyResponse, *others: FrequencyResponse, **options: Any
) -> Any:
    """Draw gain and phase: see `excitable.plotting.plot_frequency_response`."""
    from excitable.plotting import plot_frequency_response as draw

    return draw(response, *others, **options)


def plot_spiking_response(response: SpikingResponse, **options: Any) -> Any:
    """Draw how spikes follow a drive: see `excitable.plotting.plot_spiking_response`."""
    from excitable.plotting import plot_spiking_response as draw

    return draw(response, **options)


def plot_phase_response(response: PhaseResponse, *measured: DirectResponse, **options: Any) -> Any:
    """Draw a phase response: see `excitable.plotting.plot_phase_response`."""
    from excitable.plotting import plot_phase_response as draw

    return draw(response, *measured, **options)


def plot_impulse_response(
    response: ImpulseResponse, *others: ImpulseResponse, **options: Any
) -> Any:
    """Draw an impulse response: see `excitable.plotting.plot_impulse_response`."""
    from excitable.plotting import plot_impulse_response as draw

    return draw(response, *others, **options)


def to_xarray(run: Run) -> Any:
    """Give a run as an `xarray.Dataset`: see `excitable.interop.to_xarray`."""
    from excitable.interop import to_xarray as convert

    return convert(run)


def to_neo(run: Run) -> Any:
    """Give a run as a `neo.Block`: see `excitable.interop.to_neo`."""
    from excitable.interop import to_neo as convert

    return convert(run)


def to_nwb(run: Run, path: str | PathLike[str]) -> None:
    """Write a run to an NWB file: see `excitable.interop.to_nwb`."""
    from excitable.interop import to_nwb as write

    write(run, path)


def to_csv(run: Run, path: str | PathLike[str]) -> None:
    """Write a run to a CSV file: see `excitable.interop.to_csv`."""
    from excitable.interop import to_csv as write

    write(run, path)


def save(run: Run, path: str | PathLike[str]) -> None:
    """Write a run to a netCDF file: see `excitable.interop.save`."""
    from excitable.interop import save as write

    write(run, path)


def load(path: str | PathLike[str]) -> Run:
    """Read back a run that `Run.save` wrote: see `excitable.interop.load`."""
    from excitable.interop import load as read

    return read(path)


def check_step(run: Run) -> Any:
    """Say how far a run's step is from converged: see `excitable.simulation.check_step`."""
    from excitable.simulation import check_step as check

    return check(run)


def source(model: Model, target: str, scheme: str = "auto") -> str:
    """Print a model's step as a program: see `excitable.codegen.source`."""
    from excitable.codegen import source as program

    return program(model, target, scheme)


def as_lif(model: Any, form: str) -> Model:
    """Give a leaky integrate-and-fire neuron in another form with potentials."""
    from excitable.models._lif_forms import converted

    return converted(model, form)


def normalised_lif(model: Any) -> Model:
    """Give a leaky integrate-and-fire neuron in plain numbers."""
    from excitable.models._lif_forms import normalised

    return normalised(model)


def denormalised_lif(model: Any, *, R: Any, E_L: Any, V_T: Any) -> Model:
    """Give the neuron in potentials that a normalised one stands for."""
    from excitable.models._lif_forms import denormalised

    return denormalised(model, R=R, E_L=E_L, V_T=V_T)
