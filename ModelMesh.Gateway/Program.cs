using ModelMesh.Gateway;
using ModelMesh.Gateway.Cache;
using ModelMesh.Gateway.RateLimits;
using ModelMesh.Gateway.Shadows;
using ModelMesh.ServiceDefaults;
using ModelMesh.ServiceDefaults.Catalog;
using ModelMesh.ServiceDefaults.Figures;
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
    builder.AddMeshFigures();
    builder.AddKeptAnswers();
    builder.AddRateLimitStore();
    builder.AddShadowFigures();
    builder.AddGateway();
}, app => app.MapGateway());
