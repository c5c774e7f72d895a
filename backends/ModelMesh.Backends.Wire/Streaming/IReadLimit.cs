namespace ModelMesh.Backends.Wire.Streaming;

/// <summary>Bounds what the reader of a stream has to hold at once. Sees every byte once, in order; for one stream.</summary>
public interface IReadLimit
{
    /// <summary>Counts what was just read.</summary>
    /// <exception cref="ModelMesh.Backends.Sdk.BackendException">It is more than the limit: <see cref="ModelMesh.Backends.Sdk.BackendErrorKind.Protocol"/>.</exception>
    void Count(ReadOnlySpan<byte> read);
}
