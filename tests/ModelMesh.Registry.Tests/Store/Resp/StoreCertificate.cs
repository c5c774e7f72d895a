using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ModelMesh.Registry.Tests.Store.Resp;

/// <summary>A certificate for a store that nobody trusts unless told to, as files. Disposing it removes them.</summary>
internal sealed class StoreCertificate : IDisposable
{
    /// <summary>Whom it names.</summary>
    public const string Host = "store.test";

    private readonly string _folder = Directory.CreateTempSubdirectory("modelmesh-certificate-").FullName;

    public StoreCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={Host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(Host);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        File.WriteAllText(CertificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(KeyFile, key.ExportPkcs8PrivateKeyPem());
    }

    public string CertificateFile => Path.Combine(_folder, "certificate.pem");

    private string KeyFile => Path.Combine(_folder, "key.pem");

    /// <summary>What redis-server needs to serve TLS with it.</summary>
    public string[] Arguments(int port) => ["--tls-port", $"{port}", "--tls-cert-file", CertificateFile, "--tls-key-file", KeyFile, "--tls-auth-clients", "no"];

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
