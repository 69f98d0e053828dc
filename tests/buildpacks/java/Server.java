// SPDX-License-Identifier: Apache-2.0
// Answers on $PORT, or on the port in a framework's system property, with some facts about its
// Java.
import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

public class Server {
  static String first(String... values) {
    for (String value : values) if (value != null) return value;
    return "none";
  }

  public static void main(String[] args) throws Exception {
    String port = first(System.getProperty("server.port"), System.getProperty("quarkus.http.port"),
        System.getProperty("micronaut.server.port"), System.getenv("PORT"));
    String text = "java " + System.getProperty("java.version") + ", heap "
        + Runtime.getRuntime().maxMemory() / 1048576 + " MiB, port from "
        + (System.getProperty("server.port") != null ? "server.port"
            : System.getProperty("quarkus.http.port") != null ? "quarkus.http.port"
            : System.getProperty("micronaut.server.port") != null ? "micronaut.server.port" : "PORT")
        + ", home " + System.getProperty("java.home") + ", motto "
        + System.getProperty("motto") + ", jdbc " + System.getenv("JDBC_DATABASE_URL") + " "
        + System.getenv("JDBC_DATABASE_USERNAME") + " " + System.getenv("JDBC_DATABASE_PASSWORD")
        + ", spring " + System.getenv("SPRING_DATASOURCE_URL") + " "
        + System.getenv("SPRING_DATASOURCE_PASSWORD") + ", trusts "
        + java.security.KeyStore.getInstance(
            new java.io.File(System.getProperty("java.home") + "/lib/security/cacerts"),
            "changeit".toCharArray()).size() + "\n";
    HttpServer server = HttpServer.create(new InetSocketAddress(Integer.parseInt(port)), 0);
    server.createContext("/", exchange -> {
      byte[] body = text.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    });
    server.start();
  }
}
