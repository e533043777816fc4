/**
 * Who may change AWS. Leader election alone lets an old leader act for a moment beside a new one; what is here makes each mutating call
 * ask the Lease first.
 */
package dev.pilotlight.operator.leader;
