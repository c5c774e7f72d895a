namespace ModelMesh.Registry.Ui.Models;

/// <summary>A model version's last minutes, one sample every few seconds, the newest last; <see cref="double.NaN"/> where there was nothing to tell.</summary>
/// <param name="Speed">Tokens a second of a stream.</param>
/// <param name="FirstTokenMs">Mean time to first token.</param>
/// <param name="Active">Requests in flight.</param>
public sealed record ModelTrend(IReadOnlyList<double> Speed, IReadOnlyList<double> FirstTokenMs, IReadOnlyList<double> Active)
{
    public static ModelTrend None { get; } = new([], [], []);
}
