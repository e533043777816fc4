/** Faults between the operator and the API server: rows F12 to F17, F22, F29, F30, F33 and F34 of the fault matrix. */
package dev.pilotlight.faults.kube;
