using ModelMesh.Gateway.Diagnostics;
using ModelMesh.Gateway.Infer;
using ModelMesh.Gateway.Limits;
using ModelMesh.Gateway.Registry;
using ModelMesh.Gateway.Routing;
using ModelMesh.Gateway.Shutdown;
using ModelMesh.ServiceDefaults;
using ModelMesh.ServiceDefaults.Errors;
using ModelMesh.ServiceDefaults.Health;
using ModelMesh.ServiceDefaults.Listening;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddListening(defaultHttpPort: 8080);
builder.AddLimits();
builder.AddModelRouting();
builder.AddRegistryInstances();
builder.AddStreamShutdown();
builder.AddGatewayDiagnostics();
builder.AddInfer();

var app = builder.Build();
app.UseRequestIds();
app.UseMeshErrors();
app.MapHealth();
app.MapInfer();
await app.RunAsync();
