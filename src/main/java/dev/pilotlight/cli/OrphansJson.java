package dev.pilotlight.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pilotlight.domain.orphans.Orphan;
import dev.pilotlight.operator.orphans.OrphanSearch.Finding;

/** The list of orphans for programs. Apart from the command, which {@code --help} looks into: what it names is loaded then. */
final class OrphansJson {
    private OrphansJson() {}

    static String of(Finding finding) {
        ObjectNode document =
                JsonNodeFactory.instance.objectNode().put("hash", finding.list().hash());
        var orphans = document.putArray("orphans");
        for (Orphan orphan : finding.list().orphans()) {
            orphans.addObject()
                    .put("kind", OrphansCommand.kind(orphan))
                    .put("name", orphan.resource().name())
                    .put("arn", orphan.resource().arn())
                    .put("accountID", orphan.location().accountID())
                    .put("region", orphan.location().region())
                    .put("namespace", orphan.owner().namespace())
                    .put("owner", orphan.owner().name())
                    .put("uid", orphan.resource().owner().uid());
        }
        var unread = document.putArray("unread");
        finding.unread().forEach(unread::add);
        return document.toString();
    }
}
