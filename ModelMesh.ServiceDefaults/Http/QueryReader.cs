using System.Globalization;
using Microsoft.AspNetCore.Http;
using ModelMesh.Contracts.Errors;

namespace ModelMesh.ServiceDefaults.Http;

/// <summary>Reads the parameters of a query, and gathers every fault. One that is not known is a fault: a filter that does nothing would answer another question.</summary>
public sealed class QueryReader
{
    private const int MostLimit = 1_000;

    // What some clients add to every address: it asks for nothing.
    private static readonly string[] OfNoEffect = ["api-version", "client_version"];

    private readonly IQueryCollection _query;
    private readonly List<ErrorDetail> _faults;

    public QueryReader(IQueryCollection query, params string[] known)
    {
        _query = query;
        _faults = [.. query.Keys.Except([.. known, .. OfNoEffect], StringComparer.Ordinal).Select(name => new ErrorDetail(name, known.Length == 0 ? "is not a known parameter; there are none" : $"is not a known parameter; known are {string.Join(", ", known)}"))];
    }

    public bool Has(string name) => _query.ContainsKey(name);

    public string? One(string name)
    {
        if (_query[name].Count > 1)
        {
            Fault(name, "is given more than once");
        }

        return _query[name].FirstOrDefault();
    }

    /// <summary>A parameter that has to be one of some words.</summary>
    public string? OneOf(string name, IReadOnlyList<string> words)
    {
        var word = One(name);
        if (word is not null && !words.Contains(word, StringComparer.Ordinal))
        {
            Fault(name, $"must be one of {string.Join(", ", words)}");
        }

        return word;
    }

    public IReadOnlyList<string> Many(string name) => [.. _query[name].OfType<string>()];

    /// <summary>How many at most; null where nothing is said.</summary>
    public int? Limit()
    {
        if (One("limit") is not { } text)
        {
            return null;
        }

        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) || limit is < 1 or > MostLimit)
        {
            Fault("limit", $"must be a whole number from 1 to {MostLimit}");
        }

        return limit;
    }

    public void Fault(string name, string message) => _faults.Add(new ErrorDetail(name, message));

    /// <exception cref="MeshException"><c>invalid_request</c> that lists every fault.</exception>
    public void Done()
    {
        if (_faults.Count > 0)
        {
            throw MeshException.Invalid(_faults);
        }
    }
}
