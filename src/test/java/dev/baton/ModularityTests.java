package dev.baton;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModule;
import org.springframework.modulith.core.ApplicationModules;

class ModularityTests {
  private static final ApplicationModules MODULES =
      ApplicationModules.of(BatonApplication.class, new DoNotIncludeTests());

  @Test
  void everyModuleUsesOnlyWhatItDeclares() {
    MODULES.verify();
  }

  @Test
  void everyPackageUnderTheRootIsAModule() {
    assertThat(MODULES.stream().map(module -> module.getIdentifier().toString()))
        .containsExactlyInAnyOrder(
            "audit",
            "core",
            "evacuation",
            "failover",
            "globaldatastore",
            "local",
            "policy",
            "problem",
            "progress",
            "security",
            "simulator");
  }

  @Test
  void onlyTheLocalProfileKnowsTheSimulator() {
    Map<String, Long> users =
        MODULES.stream()
            .filter(module -> uses(module, "simulator"))
            .collect(
                Collectors.groupingBy(
                    module -> module.getIdentifier().toString(), Collectors.counting()));

    assertThat(users).containsOnlyKeys("local");
  }

  @Test
  void theSimulatorAndTheCoreUseNoModule() {
    assertThat(MODULES.stream())
        .filteredOn(module -> module.getIdentifier().toString().matches("simulator|core"))
        .hasSize(2)
        .allSatisfy(module -> assertThat(module.getDirectDependencies(MODULES).isEmpty()).isTrue());
  }

  private static boolean uses(ApplicationModule module, String other) {
    return module
        .getDirectDependencies(MODULES)
        .uniqueModules()
        .anyMatch(used -> used.getIdentifier().toString().equals(other));
  }
}
