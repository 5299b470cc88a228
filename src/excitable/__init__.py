"""Write a neuron's equations once; everything else follows from them."""
