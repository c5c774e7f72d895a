using ModelMesh.Registry;
using ModelMesh.Registry.Admin;
using ModelMesh.Registry.Catalog;
using ModelMesh.Registry.Figures;
using ModelMesh.Registry.Health;
using ModelMesh.Registry.Inference;
using ModelMesh.Registry.Instances;
using ModelMesh.Registry.Leases;
using ModelMesh.Registry.ModelHealth;
using ModelMesh.Registry.Plugins;
using ModelMesh.ServiceDefaults;
using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.ServiceDefaults.Errors;
using ModelMesh.ServiceDefaults.Health;
using ModelMesh.ServiceDefaults.Instances;
using ModelMesh.ServiceDefaults.Listening;
using ModelMesh.ServiceDefaults.Store;

return await MeshService.RunAsync(args, RegistryHelp.Text, builder =>
{
    builder.AddServiceDefaults();
    builder.AddListening(defaultHttpPort: 8081, defaultGrpcPort: 9090);
    builder.AddStore();
    builder.AddCatalog().AddCatalogWriter();
    builder.AddLeases();
    builder.AddInstanceDirectory().AddInstanceHeartbeat();
    builder.AddPlugins();
    builder.AddInference();
    builder.AddRegistryHealth().AddModelHealth().AddModelFigures();
    builder.AddAdmin();
}, app =>
{
    app.UseMeshErrors();
    app.UseGrpcPortForGrpcAlone();
    app.MapHealth();
    app.MapAdmin();
    app.MapBackends();
    app.MapInference();
});
