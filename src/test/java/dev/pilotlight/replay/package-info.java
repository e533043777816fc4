/**
 * {@code make replay}: what warm policies cost and how many cold starts they leave, on generated weeks and on traces.
 *
 * <p>The weeks are described in {@code families.yaml}; the protocol and the figures are in {@code docs/warm-replay.md}.
 */
package dev.pilotlight.replay;
