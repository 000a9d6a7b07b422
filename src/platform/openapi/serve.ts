import type { NestExpressApplication } from '@nestjs/platform-express';
import { SwaggerModule } from '@nestjs/swagger';
import { buildContract } from './document';

/** Serves the contract to readers at /docs (Swagger UI, nothing is loaded from outside) and as /openapi.json and /openapi.yaml. */
export function serveContract(app: NestExpressApplication): void {
  SwaggerModule.setup('docs', app, () => buildContract(app), {
    jsonDocumentUrl: 'openapi.json',
    yamlDocumentUrl: 'openapi.yaml',
    customSiteTitle: 'Wattledger',
    swaggerOptions: { docExpansion: 'none', displayRequestDuration: true, validatorUrl: null },
  });
}
