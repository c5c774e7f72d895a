using ModelMesh.Contracts.V1;

namespace ModelMesh.Gateway.Registry;

/// <summary>
/// One stream's texts as the deltas that all readers know. Event and deltas are made once a stream and used again, so a token costs its text alone; what was read before is another after the
/// next event. Not thread-safe.
/// </summary>
internal sealed class ExpandedTexts
{
    private readonly InferEvent _event = new() { Deltas = new Deltas() };
    private readonly List<Delta> _spare = [];
    private InferEvent? _read;

    /// <summary>The event itself, where it has none.</summary>
    public InferEvent Of(InferEvent read)
    {
        if (read is not { Deltas: { Texts.Count: > 0 } deltas })
        {
            return read;
        }

        if (!ReferenceEquals(read, _read))
        {
            _read = read;
            Expand(deltas);
        }

        return _event;
    }

    private void Expand(Deltas from)
    {
        var to = _event.Deltas;
        (to.BackendWaitUs, to.Attempts, to.Endpoint) = (from.BackendWaitUs, from.Attempts, from.Endpoint);
        to.Items.Clear();
        to.Items.Capacity = Math.Max(to.Items.Capacity, from.Texts.Count);
        for (var index = 0; index < from.Texts.Count; index++)
        {
            if (_spare.Count == index)
            {
                _spare.Add(new Delta());
            }

            _spare[index].Text = from.Texts[index];
            to.Items.Add(_spare[index]);
        }
    }
}
