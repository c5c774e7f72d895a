using System.Text.Json;
using Microsoft.Extensions.AI;

namespace ModelMesh.RealParts.Tests.Engine;

/// <summary>A caller's <c>extra</c>.</summary>
internal static class Extra
{
    public static AdditionalPropertiesDictionary Of(params (string Field, object Value)[] fields)
    {
        var extra = new AdditionalPropertiesDictionary();
        foreach (var (field, value) in fields)
        {
            extra[field] = JsonSerializer.SerializeToElement(value);
        }

        return extra;
    }
}
