package dev.pilotlight.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The test needs a real kube-apiserver. One server per test run is started and shared; tests take it as a parameter of
 * type {@link KubeApi} and keep apart by {@linkplain KubeApi#newNamespace(String) namespaces of their own}. Without the
 * binaries the test is skipped, or fails where {@code PILOTLIGHT_REQUIRE_APISERVER=true}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(KubeApiExtension.class)
public @interface RealApiServer {}
