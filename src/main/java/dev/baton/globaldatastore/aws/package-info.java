/** AWS as it is spoken to: the only package that knows the AWS SDK and Resilience4j. */
@NullMarked
package dev.baton.globaldatastore.aws;

import org.jspecify.annotations.NullMarked;
