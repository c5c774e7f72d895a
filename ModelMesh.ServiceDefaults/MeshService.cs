using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModelMesh.ServiceDefaults.OpenApi;

namespace ModelMesh.ServiceDefaults;

/// <summary>A service from its settings to its end, with the description of its API that its assembly holds. Wrong settings are the operator's to mend, so they are lines to read and not a crash.</summary>
public static class MeshService
{
    /// <param name="help">Printed instead of a start when the command line asks for it.</param>
    /// <returns>The exit code: 1 when the settings do not let it start.</returns>
    public static async Task<int> RunAsync(string[] args, string help, Action<WebApplicationBuilder> add, Action<WebApplication> map)
    {
        if (CommandLineHelp.Print(args, help))
        {
            return 0;
        }

        if (await HealthCommand.RunAsync(args) is { } health)
        {
            return health;
        }

        try
        {
            var builder = WebApplication.CreateBuilder(args);
            add(builder);
            await using var app = builder.Build();
            // The host does it too, but only after the first of them may have been used, and with a stack trace.
            app.Services.GetService<IStartupValidator>()?.Validate();
            map(app);
            app.MapOpenApi(Assembly.GetEntryAssembly()!);
            await app.RunAsync();
            return 0;
        }
        catch (Exception exception) when (SettingFaults.In(exception) is { Count: > 0 })
        {
            foreach (var fault in SettingFaults.In(exception))
            {
                await Console.Error.WriteLineAsync($"Not started: {fault}");
            }

            return 1;
        }
    }
}
