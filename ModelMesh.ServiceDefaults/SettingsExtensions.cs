using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ModelMesh.ServiceDefaults;

public static class SettingsExtensions
{
    /// <summary>
    /// Binds a section of the configuration once, at start. Values that are not of their type count as faults of these options, as validation finds
    /// them, so that they are listed with all others; the binder alone would stop at the first.
    /// </summary>
    public static OptionsBuilder<TOptions> BindSettings<TOptions>(this OptionsBuilder<TOptions> builder, string section)
        where TOptions : class
    {
        builder.Services.AddSingleton<IValidateOptions<TOptions>>(services => new SettingTypes<TOptions>(services.GetRequiredService<IConfiguration>().GetSection(section)));
        return builder.Configure<IConfiguration>((options, configuration) => Bind(options, configuration.GetSection(section)));
    }

    private static void Bind<TOptions>(TOptions options, IConfigurationSection section)
        where TOptions : class
    {
        try
        {
            section.Bind(options);
        }
        catch (InvalidOperationException) when (SettingTypes<TOptions>.FaultsIn(section).Length > 0)
        {
            // The start is over; what can be read is bound all the same, for the other validations to look at. What cannot keeps its default.
            foreach (var property in typeof(TOptions).GetProperties().Where(property => property.CanWrite))
            {
                var value = section.GetSection(property.Name);
                if (value.Exists() && SettingTypes<TOptions>.FaultOf(value, property) is null)
                {
                    property.SetValue(options, value.Get(property.PropertyType));
                }
            }
        }
    }

    /// <summary>Finds the values of a section that are not of their type.</summary>
    private sealed class SettingTypes<TOptions>(IConfigurationSection section) : IValidateOptions<TOptions>
        where TOptions : class
    {
        public static string? FaultOf(IConfigurationSection value, PropertyInfo property)
        {
            try
            {
                _ = value.Get(property.PropertyType);
                return null;
            }
            catch (InvalidOperationException exception)
            {
                return exception.Message;
            }
        }

        public static string[] FaultsIn(IConfigurationSection section) =>
            [.. typeof(TOptions).GetProperties().Select(property => FaultOf(section.GetSection(property.Name), property)).OfType<string>()];

        public ValidateOptionsResult Validate(string? name, TOptions options) =>
            FaultsIn(section) is { Length: > 0 } faults ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
    }
}
