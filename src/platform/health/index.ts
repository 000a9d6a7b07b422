export { defineGauge, type GaugeDefinition, type GaugeValue } from './gauges';
