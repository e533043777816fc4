package dev.pilotlight.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LoadState;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.compiler.LuaC;
import org.luaj.vm2.lib.Bit32Lib;
import org.luaj.vm2.lib.OneArgFunction;
import org.luaj.vm2.lib.PackageLib;
import org.luaj.vm2.lib.StringLib;
import org.luaj.vm2.lib.TableLib;
import org.luaj.vm2.lib.VarArgFunction;
import org.luaj.vm2.lib.jse.JseBaseLib;
import org.luaj.vm2.lib.jse.JseMathLib;
import org.luaj.vm2.lib.jse.JseOsLib;

/**
 * Runs a script the way Argo CD does. Its machine is Lua 5.1 with base, package, table, and of os only time and date; string and math
 * are there for the scripts it ships, and missing for those of argocd-cm unless an administrator opens them.
 */
public final class LuaMachine {
    private final boolean openLibraries;

    private LuaMachine(boolean openLibraries) {
        this.openLibraries = openLibraries;
    }

    public static LuaMachine asShipped() {
        return new LuaMachine(true);
    }

    static LuaMachine asInConfigMap() {
        return new LuaMachine(false);
    }

    /** Runs the script with the object as global {@code obj}, and returns what it returns. */
    public JsonNode run(String script, JsonNode object) {
        Globals globals = new Globals();
        globals.load(new JseBaseLib());
        globals.load(new PackageLib());
        globals.load(new TableLib());
        globals.load(new JseOsLib());
        if (openLibraries) {
            globals.load(new Bit32Lib());
            globals.load(new StringLib());
            globals.load(new JseMathLib());
        }
        LuaTable os = new LuaTable();
        os.set("time", globals.get("os").get("time"));
        os.set("date", globals.get("os").get("date"));
        globals.set("os", os);
        addLua51(globals);
        LoadState.install(globals);
        LuaC.install(globals);
        globals.set("obj", toLua(object));
        return toJson(globals.load(script, "script").call());
    }

    /** This machine is Lua 5.2, which dropped two functions of 5.1. */
    private static void addLua51(Globals globals) {
        globals.get("table").set("getn", new OneArgFunction() {
            @Override
            public LuaValue call(LuaValue table) {
                return LuaValue.valueOf(table.length());
            }
        });
        globals.set("unpack", new VarArgFunction() {
            @Override
            public Varargs invoke(Varargs arguments) {
                return globals.get("table").get("unpack").invoke(arguments);
            }
        });
    }

    private static LuaValue toLua(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> {
                LuaTable table = new LuaTable();
                node.properties().forEach(field -> table.set(field.getKey(), toLua(field.getValue())));
                yield table;
            }
            case ARRAY -> {
                LuaTable table = new LuaTable();
                int index = 1;
                for (JsonNode item : node) {
                    table.set(index++, toLua(item));
                }
                yield table;
            }
            case BOOLEAN -> LuaValue.valueOf(node.booleanValue());
            // Argo CD hands numbers over as floating point.
            case NUMBER -> LuaValue.valueOf(node.doubleValue());
            case STRING -> LuaValue.valueOf(node.textValue());
            default -> LuaValue.NIL;
        };
    }

    private static JsonNode toJson(LuaValue value) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        if (value.istable()) {
            ObjectNode object = json.objectNode();
            for (LuaValue key : value.checktable().keys()) {
                object.set(key.tojstring(), toJson(value.get(key)));
            }
            return object;
        }
        if (value.isboolean()) {
            return json.booleanNode(value.toboolean());
        }
        return value.isnil() ? json.nullNode() : json.textNode(value.tojstring());
    }
}
