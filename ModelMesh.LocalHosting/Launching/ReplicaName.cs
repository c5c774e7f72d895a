namespace ModelMesh.LocalHosting;

internal static class ReplicaName
{
    public static string For(ProcessResource resource, int replica) => resource.Replicas == 1 ? resource.Name : $"{resource.Name}-{replica}";
}
