using ModelMesh.ServiceDefaults.Json;

namespace ModelMesh.Registry.Admin;

/// <summary>Reads a name that the path may say already.</summary>
internal static class NameField
{
    /// <param name="fields">The body.</param>
    /// <param name="field">The name's field.</param>
    /// <param name="inPath">What the path names: the body may leave it out, or repeat it. Null where the body has to say it.</param>
    public static string Name(this FieldReader fields, string field, string? inPath)
    {
        if (inPath is not null && !fields.Has(field))
        {
            fields.TryTake(field, out _);
            if (NameRules.Fault(inPath) is { } wrong)
            {
                fields.Fault(field, wrong);
            }

            return inPath;
        }

        // How long it may be is one of the rules, which count characters as people do.
        var name = fields.RequiredText(field, int.MaxValue);
        if (name.Length > 0 && NameRules.Fault(name) is { } fault)
        {
            fields.Fault(field, fault);
        }
        else if (name.Length > 0 && inPath is not null && !string.Equals(name, inPath, StringComparison.Ordinal))
        {
            fields.Fault(field, $"must be '{inPath}' as in the path, or be left out");
        }

        return name;
    }

    /// <summary>A name that need not be given.</summary>
    public static string? OptionalName(this FieldReader fields, string field)
    {
        var name = fields.Text(field, int.MaxValue);
        if (name is not null && NameRules.Fault(name) is { } fault)
        {
            fields.Fault(field, fault);
        }

        return name;
    }

    /// <summary>Reports each field that the mesh itself sets.</summary>
    public static void RefuseReadOnly(this FieldReader fields, params IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            if (fields.TryTake(name, out _))
            {
                fields.Fault(name, "is set by the mesh and cannot be given");
            }
        }
    }
}
