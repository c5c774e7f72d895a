using ModelMesh.Contracts.Errors;

namespace ModelMesh.ServiceDefaults.Json;

/// <summary>The faults found in one body. Bounded, so that a body of a million faults is not answered with a million details.</summary>
public sealed class FaultList(UnknownFields unknownFields = UnknownFields.Refused)
{
    private const int MaxListed = 64;
    private readonly List<ErrorDetail> _faults = [];
    private int _unlisted;

    /// <summary>What becomes of fields that are not known, in every object of the body.</summary>
    public UnknownFields UnknownFields => unknownFields;

    /// <summary>How many there are, listed or not.</summary>
    public int Count => _faults.Count + _unlisted;

    public void Add(string field, string message)
    {
        if (_faults.Count < MaxListed)
        {
            _faults.Add(new ErrorDetail(field, message));
        }
        else
        {
            _unlisted++;
        }
    }

    /// <summary>Takes over the faults of a part of the body that was read on its own.</summary>
    /// <param name="path">Where that part is.</param>
    /// <param name="part">Its faults, by their paths in it.</param>
    public void AddUnder(string path, FaultList part)
    {
        ArgumentNullException.ThrowIfNull(part);
        part._faults.ForEach(fault => Add(FieldPath.Join(path, fault.Field), fault.Message));
        _unlisted += part._unlisted;
    }

    /// <summary>Whether a listed fault is of this field.</summary>
    public bool Names(string field) => _faults.Exists(fault => string.Equals(fault.Field, field, StringComparison.Ordinal));

    public void ThrowIfAny()
    {
        if (_faults.Count > 0)
        {
            throw MeshException.Invalid(_unlisted == 0 ? _faults : [.. _faults, new ErrorDetail("", $"{_unlisted} more faults")]);
        }
    }
}
