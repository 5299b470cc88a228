"""Statistics of spike trains, one idea a file; they are methods of `SpikeTrain` and `Spikes`."""
