package dev.baton;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTests {
  private static final JavaClasses BATON =
      new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("dev.baton");

  @ParameterizedTest
  @MethodSource("dev.baton.ArchitectureRules#all")
  void holds(ArchRule rule) {
    rule.check(BATON);
  }
}
