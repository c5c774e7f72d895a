using ModelMesh.Contracts.Errors;

namespace ModelMesh.Gateway.Infer.Body;

/// <summary>The faults found in one body. Bounded, so that a body of a million faults is not answered with a million details.</summary>
internal sealed class FaultList
{
    private const int MaxListed = 64;
    private readonly List<ErrorDetail> _faults = [];
    private int _unlisted;

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

    public void ThrowIfAny()
    {
        if (_faults.Count > 0)
        {
            throw MeshException.Invalid(_unlisted == 0 ? _faults : [.. _faults, new ErrorDetail("", $"{_unlisted} more faults")]);
        }
    }
}
