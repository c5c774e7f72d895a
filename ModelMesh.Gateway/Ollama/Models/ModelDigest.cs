using System.Security.Cryptography;
using System.Text;
using ModelMesh.Contracts.Catalog;

namespace ModelMesh.Gateway.Ollama.Models;

/// <summary>SHA-256, in hexadecimal, of a name and of the versions and revisions that it stands for: the same at every gateway.</summary>
internal static class ModelDigest
{
    public static string Of(string name, IEnumerable<ModelVersion> versions) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('\n', versions.Select(model => $"{model.Id} {model.Revision}").Prepend(Uri.EscapeDataString(name))))));
}
