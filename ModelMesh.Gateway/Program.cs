using ModelMesh.Gateway;
using ModelMesh.Gateway.Diagnostics;
using ModelMesh.Gateway.Embed;
using ModelMesh.Gateway.Infer;
using ModelMesh.Gateway.Limits;
using ModelMesh.Gateway.Registry;
using ModelMesh.Gateway.Routing;
using ModelMesh.Gateway.Shutdown;
using ModelMesh.ServiceDefaults;
using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.ServiceDefaults.Errors;
using ModelMesh.ServiceDefaults.Health;
using ModelMesh.ServiceDefaults.Instances;
using ModelMesh.ServiceDefaults.Listening;
using ModelMesh.ServiceDefaults.Store;

return await MeshService.RunAsync(args, GatewayHelp.Text, builder =>
{
    builder.AddServiceDefaults();
    builder.AddListening(defaultHttpPort: 8080);
    builder.AddStore();
    builder.AddCatalog();
    builder.AddInstanceDirectory();
    builder.AddLimits();
    builder.AddModelRouting();
    builder.AddRegistryInstances();
    builder.AddStreamShutdown();
    builder.AddGatewayDiagnostics();
    builder.AddInfer();
    builder.AddEmbed();
}, app =>
{
    app.UseRequestIds();
    app.UseMeshErrors();
    app.MapHealth();
    app.MapInfer();
    app.MapEmbed();
});
