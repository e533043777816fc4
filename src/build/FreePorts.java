import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Prints as many free ports of the loopback interface as asked for. All are held until the last is found, so they differ. */
class FreePorts {
    public static void main(String[] arguments) throws IOException {
        List<ServerSocket> held = new ArrayList<>();
        for (int i = Integer.parseInt(arguments[0]); i > 0; i--) {
            held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        }
        for (ServerSocket socket : held) {
            System.out.println(socket.getLocalPort());
            socket.close();
        }
    }
}
