package dev.baton.globaldatastore;

/** A shard of a Global datastore and the slots it serves, in AWS's notation: {@code 0-8191}. */
public record GlobalNodeGroup(String globalNodeGroupId, String slots) {}
