/**
 * The controller of AWSIdentity. {@link dev.pilotlight.operator.identity.AWSIdentityReconciler} tries the credentials and says what AWS
 * thinks of them; {@link dev.pilotlight.operator.identity.InventoryAccess} lends accepted ones to the inventory.
 */
package dev.pilotlight.operator.identity;
