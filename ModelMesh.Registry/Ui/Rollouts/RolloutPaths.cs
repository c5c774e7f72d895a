namespace ModelMesh.Registry.Ui.Rollouts;

/// <summary>Where rollouts are in the UI, and in the admin API.</summary>
internal static class RolloutPaths
{
    public static string Page(string model) => $"/ui/rollouts/{Uri.EscapeDataString(model)}";

    public static string Page(RolloutSheet rollout) => $"{Page(rollout.Model)}?id={Uri.EscapeDataString(rollout.RequestId)}";

    public static string Start(string model) => $"/ui/start-rollout?model={Uri.EscapeDataString(model)}";

    public static string Call(RolloutSheet rollout) => $"/models/{Uri.EscapeDataString(rollout.Model)}/rollouts/{Uri.EscapeDataString(rollout.RequestId)}";
}
