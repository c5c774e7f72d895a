using System.Security.Cryptography;
using System.Text;
using ModelMesh.Contracts.Traffic;
using ModelMesh.Registry.Admin;
using ModelMesh.Registry.Secrets;
using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Registry.Traffic;

/// <summary><c>{"name","key" | "key_sha256","tier","priority"}</c>: a key is a reference that is resolved here, once, and only its hash is stored.</summary>
internal sealed class CallerShape() : EntryShape<Caller>(TrafficKinds.Caller, "callers")
{
    private const int MostPriority = 100;

    // What shell commands hash whose variable was not set. No client sends it, so the caller would never be anybody.
    private static readonly string HashOfNothing = Convert.ToHexStringLower(SHA256.HashData([]));

    public override string NameOf(Caller entry) => entry.Name;

    public override Caller Read(FieldReader fields, string name, FaultList faults, CatalogSnapshot catalog)
    {
        var (hash, field) = Hash(fields);
        if (hash is not null && catalog.Traffic.Entries.Values.OfType<Caller>().FirstOrDefault(other => other.KeySha256 == hash && other.Name != name) is { } holder)
        {
            fields.Fault(field, $"is the key of caller '{holder.Name}' already");
        }

        if (hash == HashOfNothing)
        {
            fields.Fault(field, "is the hash of no key at all, of an empty text");
        }

        if (name == LimitShape.Each)
        {
            faults.Add("name", "must not be '*', which means each caller in limits");
        }

        return new Caller
        {
            Name = name,
            KeySha256 = hash ?? "",
            Tier = fields.OptionalName("tier") ?? "",
            Priority = (int)(fields.WholeNumber("priority", -MostPriority, MostPriority) ?? 0),
        };
    }

    public override object View(Caller entry, CatalogSnapshot catalog) => CallerView.Of(entry);

    private static (string? Hash, string Field) Hash(FieldReader fields)
    {
        var isGiven = (fields.Has("key"), fields.Has("key_sha256"));
        var (key, hash) = (fields.Text("key", int.MaxValue), fields.Text("key_sha256", int.MaxValue));
        switch (isGiven)
        {
            case (true, true):
                fields.Fault("key_sha256", "must be left out where key is given");
                return (null, "key");
            case (false, false):
                fields.Fault("key", "is required, or key_sha256 is");
                return (null, "key");
            case (true, _):
                return (key is null ? null : OfReference(fields, key), "key");
        }

        if (hash is { Length: 64 } && hash.All(char.IsAsciiHexDigit))
        {
            return (hash.ToLowerInvariant(), "key_sha256");
        }

        if (hash is not null)
        {
            fields.Fault("key_sha256", "must be the SHA-256 of the key, 64 hexadecimal digits");
        }

        return (null, "key_sha256");
    }

    private static string? OfReference(FieldReader fields, string key)
    {
        try
        {
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(SecretReference.Resolve(key))));
        }
        catch (FormatException exception)
        {
            fields.Fault("key", exception.Message);
            return null;
        }
    }
}
