// SPDX-License-Identifier: Apache-2.0
// Truststore BUNDLE FILE: writes the certificates of a PEM bundle into a key store for Java.
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;

public class Truststore {
  public static void main(String[] args) throws Exception {
    KeyStore store = KeyStore.getInstance("JKS");
    store.load(null, null);
    try (FileInputStream bundle = new FileInputStream(args[0])) {
      int number = 0;
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509").generateCertificates(bundle))
        store.setCertificateEntry("stack-" + ++number, certificate);
    }
    // Java's own default; the file holds nothing secret.
    try (FileOutputStream file = new FileOutputStream(args[1])) {
      store.store(file, "changeit".toCharArray());
    }
  }
}
