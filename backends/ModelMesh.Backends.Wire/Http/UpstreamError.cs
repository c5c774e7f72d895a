namespace ModelMesh.Backends.Wire.Http;

/// <summary>What an upstream said of its failure, in whichever shape. Any part may be missing.</summary>
/// <param name="Message">The upstream's own words, as they came: not bounded, not redacted.</param>
/// <param name="Code">A code in words, as <c>model_not_found</c>.</param>
/// <param name="Type">A class of errors, as <c>rate_limit_error</c>.</param>
/// <param name="Parameter">The request's field at fault.</param>
/// <param name="Status">An HTTP status, where the error itself names one.</param>
public sealed record UpstreamError(string? Message, string? Code = null, string? Type = null, string? Parameter = null, int? Status = null);
