/**
 * What an older program left behind must be right for this one. {@code src/test/resources/dev/pilotlight/upgrade/left-behind.json} holds the
 * objects of a cluster, with status, and what was in AWS, as an earlier commit left them;
 * {@link dev.pilotlight.upgrade.UpgradeApiServerTest} starts this program over them.
 *
 * <p>Leave the file alone when a change of the code makes the test fail: that is the test's news, and users have such clusters. After a
 * release whose state differs on purpose take it anew, on the commit that is to be upgraded from, and say why; the reason is kept in the
 * file:
 *
 * <pre>mvn test -Dtest=UpgradeApiServerTest -Dtier.excludes=none -Dupgrade.fixture.because="state as of 0.2"</pre>
 */
package dev.pilotlight.upgrade;
