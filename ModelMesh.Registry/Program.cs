using ModelMesh.Registry;
using ModelMesh.ServiceDefaults;
using ModelMesh.ServiceDefaults.Listening;

return await MeshService.RunAsync(args, RegistryHelp.Text, builder =>
{
    builder.AddServiceDefaults();
    builder.AddListening(defaultHttpPort: 8081, defaultGrpcPort: 9090);
    builder.AddRegistry();
}, app => app.MapRegistry());
