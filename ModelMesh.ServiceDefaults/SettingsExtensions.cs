using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ModelMesh.ServiceDefaults;

public static class SettingsExtensions
{
    /// <summary>
    /// Binds a section of the configuration once, at start. A value that is not of its type counts as a fault of these options, as validation finds
    /// them, so that it is listed with all others; the binder alone would stop at the first.
    /// </summary>
    public static OptionsBuilder<TOptions> BindSettings<TOptions>(this OptionsBuilder<TOptions> builder, string section)
        where TOptions : class =>
        builder.Configure<IConfiguration>((options, configuration) => Bind(options, configuration.GetSection(section)));

    private static void Bind<TOptions>(TOptions options, IConfigurationSection section)
        where TOptions : class
    {
        try
        {
            section.Bind(options);
        }
        catch (InvalidOperationException exception)
        {
            string[] faults = [.. typeof(TOptions).GetProperties().Select(property => FaultOf(section.GetSection(property.Name), property.PropertyType)).OfType<string>()];
            throw new OptionsValidationException(Options.DefaultName, typeof(TOptions), faults.Length > 0 ? faults : [exception.Message]);
        }
    }

    private static string? FaultOf(IConfigurationSection value, Type type)
    {
        try
        {
            _ = value.Get(type);
            return null;
        }
        catch (InvalidOperationException exception)
        {
            return exception.Message;
        }
    }
}
