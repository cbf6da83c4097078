package dev.baton.globaldatastore;

import java.net.URI;

/**
 * The address to use where {@code baton.aws.endpoint} names none: the local profile's simulator.
 */
public record AwsEndpoint(URI uri) {}
