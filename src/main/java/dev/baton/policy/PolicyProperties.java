package dev.baton.policy;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.io.Resource;
import org.springframework.validation.annotation.Validated;

/**
 * Which policy is in force.
 *
 * @param location Where the policy document is, such as file:/etc/baton/policy.yaml.
 */
@Validated
@ConfigurationProperties("baton.policy")
record PolicyProperties(@DefaultValue("classpath:policy.yaml") Resource location) {}
