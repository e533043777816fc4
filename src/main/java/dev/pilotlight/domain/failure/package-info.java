/** Failed AWS calls as values, typed by what to do next. */
package dev.pilotlight.domain.failure;
