package dev.baton.failover;

import org.hibernate.cfg.MappingSettings;
import org.hibernate.type.format.jackson.Jackson3JsonFormatMapper;
import org.springframework.boot.hibernate.autoconfigure.HibernatePropertiesCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** JSON columns are written as the API writes: by the one mapper that knows the domain's values. */
@Configuration(proxyBeanMethods = false)
class JsonColumns {

  @Bean
  HibernatePropertiesCustomizer jsonColumnsByOneMapper(JsonMapper json) {
    return properties ->
        properties.put(MappingSettings.JSON_FORMAT_MAPPER, new Jackson3JsonFormatMapper(json));
  }
}
