namespace ModelMesh.Gateway.Diagnostics;

/// <summary>How requests end, besides by the errors of <see cref="Contracts.Errors.ErrorTable"/>.</summary>
internal static class RequestOutcomes
{
    public const string Ok = "ok";
    public const string ClientGone = "client_gone";
}
