package dev.baton.bench;

import dev.baton.process.BatonProcess;
import dev.baton.process.TestDatabase;
import dev.baton.simulator.SimulatedDatastore;
import dev.baton.simulator.SimulatedDatastore.Member;
import dev.baton.simulator.Simulator;
import dev.baton.simulator.SimulatorSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is measured: instances of Baton, run as the image runs them, a database and an AWS. */
final class Bed implements AutoCloseable {
  static final String VIRGINIA = "us-east-1";
  static final String OREGON = "us-west-2";
  static final JsonMapper JSON = JsonMapper.builder().build();

  final TestDatabase database;
  final Simulator simulator;
  final Token token;
  private final Application application;
  private final List<BatonProcess> instances = new ArrayList<>();

  private Bed(Application application, TestDatabase database, Simulator simulator, Token token) {
    this.application = application;
    this.database = database;
    this.simulator = simulator;
    this.token = token;
  }

  static Bed make(Application application) throws IOException {
    return make(application, Map.of());
  }

  /** With further settings of the database's server. */
  static Bed make(Application application, Map<String, String> databaseSettings)
      throws IOException {
    return new Bed(
        application,
        TestDatabase.start(databaseSettings),
        Simulator.start(SimulatorSettings.local()),
        Token.issue(Files.createDirectories(application.directory().resolve("token"))));
  }

  /** Puts as many Global datastores into the world: primary in Virginia, secondary in Oregon. */
  List<String> datastores(String name, int count) {
    return datastores(name, count, VIRGINIA, OREGON);
  }

  /** With their secondaries in that Region. */
  List<String> datastores(String name, int count, String secondary) {
    return datastores(name, count, VIRGINIA, secondary);
  }

  /** With their primaries and secondaries in these Regions. */
  List<String> datastores(String name, int count, String primary, String secondary) {
    var ids =
        IntStream.range(0, count).mapToObj("ldgnf-%s-%%06d".formatted(name)::formatted).toList();
    simulator.addAll(
        ids.stream()
            .map(id ->
                SimulatedDatastore.of(
                    id,
                    Member.primary(id.substring(6) + "-first", primary),
                    Member.secondary(id.substring(6) + "-second", secondary)))
            .toList());
    return ids;
  }

  /** An instance that is up. */
  BatonProcess start(String name, List<String> javaOptions, Map<String, String> settings) {
    var instance = begin(name, application.command(javaOptions), settings);
    instance.awaitUp();
    return instance;
  }

  /** An instance that is not up yet. */
  BatonProcess begin(String name, List<String> command, Map<String, String> settings) {
    var environment = new HashMap<String, String>();
    environment.put("SPRING_DATASOURCE_URL", database.url());
    environment.put("SPRING_DATASOURCE_USERNAME", TestDatabase.USER);
    environment.put("SPRING_DATASOURCE_PASSWORD", "");
    environment.put("BATON_AWS_ENDPOINT", simulator.endpoint().toString());
    environment.put("BATON_AWS_REGIONS", VIRGINIA + "," + OREGON);
    environment.put("AWS_ACCESS_KEY_ID", "any");
    environment.put("AWS_SECRET_ACCESS_KEY", "any");
    environment.put("SERVER_ADDRESS", "127.0.0.1");
    environment.put(
        "SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_PUBLIC_KEY_LOCATION",
        token.publicKey().toUri().toString());
    environment.put("DB_SCHEDULER_SCHEDULER_NAME", name);
    environment.putAll(settings);
    var instance = BatonProcess.start("bench-" + name, command, environment);
    instances.add(instance);
    return instance;
  }

  /** What an instance answers, which has to be what was asked for. */
  JsonNode ask(BatonProcess instance, byte[] request) {
    try (var wire = new Wire(instance.port())) {
      var answer = wire.send(request);
      if (answer.status() / 100 != 2) {
        throw new IllegalStateException("%d: %s".formatted(answer.status(), answer.body()));
      }
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonNode get(BatonProcess instance, String path) {
    return ask(instance, Wire.get(path, token));
  }

  JsonNode post(BatonProcess instance, String path, Map<String, ?> body) {
    return ask(instance, Wire.post(path, token, JSON.writeValueAsString(body)));
  }

  /** What somebody sends who wants a Global datastore failed over. */
  static Map<String, Object> request(String datastore) {
    return request(datastore, OREGON);
  }

  static Map<String, Object> request(String datastore, String target) {
    return Map.of(
        "globalReplicationGroupId", datastore, "targetRegion", target, "reason", "it is measured");
  }

  @Override
  public void close() throws IOException {
    instances.forEach(BatonProcess::kill);
    simulator.close();
    database.close();
  }
}
