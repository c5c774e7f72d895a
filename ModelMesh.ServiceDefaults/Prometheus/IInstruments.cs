namespace ModelMesh.ServiceDefaults.Prometheus;

/// <summary>Instruments that no other service asks for, as gauges are that look at one: they are made when the service starts.</summary>
public interface IInstruments;
