using System.Runtime.InteropServices;
using System.Security.Cryptography;
using ModelMesh.Contracts.V1;

namespace ModelMesh.Gateway.Shadows;

/// <summary>
/// SHA-256 over what the first choice of an answer says: its text, its refusal, and the name and arguments of each tool call. Not over the ids of calls, which are made up, nor
/// over what the model thought. In whatever pieces it came. Not thread-safe.
/// </summary>
internal sealed class AnswerDigest : IDisposable
{
    private const int MostCalls = 128;
    private const string End = "\0";
    private readonly IncrementalHash _text = New();
    private IncrementalHash? _refusal;
    private SortedDictionary<int, IncrementalHash>? _calls;

    public void Add(Delta delta)
    {
        if (delta.Choice != 0)
        {
            return;
        }

        Append(_text, delta.Text);
        if (delta.Refusal.Length > 0)
        {
            Append(_refusal ??= New(), delta.Refusal);
        }

        if (delta.ToolCall is { } call && Of(call.Index) is { } hash)
        {
            if (call.Name.Length > 0)
            {
                Append(hash, call.Name);
                Append(hash, End);
            }

            Append(hash, call.Arguments);
        }
    }

    /// <summary>The hash of all; nothing may be added after that.</summary>
    public byte[] Finish()
    {
        using var whole = New();
        whole.AppendData(_text.GetHashAndReset());
        if (_refusal is not null)
        {
            Append(whole, nameof(Delta.Refusal));
            whole.AppendData(_refusal.GetHashAndReset());
        }

        foreach (var call in _calls?.Values ?? Enumerable.Empty<IncrementalHash>())
        {
            Append(whole, nameof(Delta.ToolCall));
            whole.AppendData(call.GetHashAndReset());
        }

        return whole.GetHashAndReset();
    }

    public void Dispose()
    {
        _text.Dispose();
        _refusal?.Dispose();
        foreach (var call in _calls?.Values ?? Enumerable.Empty<IncrementalHash>())
        {
            call.Dispose();
        }
    }

    private static IncrementalHash New() => IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    private static void Append(IncrementalHash hash, string text) => hash.AppendData(MemoryMarshal.AsBytes(text.AsSpan()));

    // A backend that counts on and on must not fill the memory.
    private IncrementalHash? Of(int index)
    {
        _calls ??= [];
        if (!_calls.TryGetValue(index, out var hash) && _calls.Count < MostCalls)
        {
            _calls[index] = hash = New();
        }

        return hash;
    }
}
